import { createVerifier } from '@dual-random/auth'
import { type GetTaskResponse, InspectionServiceService } from '@dual-random/contracts/inspection'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { startPeer, type TokenIssuer } from '@dual-random/testkit'

/** An inspection that knows the tasks a test gives it, on a real socket. */
export async function inspectionPeer(issuer: TokenIssuer) {
  const tasks = new Map<string, Pick<GetTaskResponse, 'regionCode' | 'status' | 'objectCode'>>()
  const implementation = implement(InspectionServiceService, {
    getTask: {
      roles: ['SERVICE'],
      handle: async ({ taskId }) => {
        const task = tasks.get(taskId)
        if (task === undefined) throw appError('not-found', 'not-found', { meta: { what: '任务', id: taskId } })
        return { taskId, taskNumber: taskId, unitId: '230300-scj', drawId: '', visitId: 'v1', resultIds: [], ...task }
      },
    },
  })
  const server = await startPeer({ createGrpcServer, createVerifier }, 'inspection', issuer, [implementation])
  return { address: server.address, tasks, stop: server.close }
}
