import type { Health } from '@dual-random/runtime'
import type { handleUnaryCall, Server } from '@grpc/grpc-js'
import { HealthImplementation, type service } from 'grpc-health-check'

/** grpc.health.v1: Watch follows readiness; Check also runs the deep checks first. Neither needs a token or a deadline. */
export function addHealthService(server: Server, health: Health): void {
  const statuses = new HealthImplementation({ '': 'NOT_SERVING' })
  health.onReady((ready) => statuses.setStatus('', ready ? 'SERVING' : 'NOT_SERVING'))
  statuses.addToServer({
    addService: (definition: typeof service, handlers: { check: handleUnaryCall<object, object> }) => {
      const check: handleUnaryCall<object, object> = (call, callback) => {
        void health.ready().then(({ status }) => {
          statuses.setStatus('', status === 'up' ? 'SERVING' : 'NOT_SERVING')
          handlers.check(call, callback)
        })
      }
      server.addService(definition, { ...handlers, check })
    },
  } as never)
}
