import { InspectionServiceService } from '@dual-random/contracts/inspection'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { Tasks } from '../app/ports.ts'
import { readTask } from '../app/read-tasks.ts'

export const inspectionGrpc = (tasks: Tasks): GrpcImplementation =>
  implement(InspectionServiceService, {
    getTask: {
      roles: ['SERVICE', 'INSPECTOR', 'DISPATCHER', 'AUDITOR'],
      handle: async ({ taskId }, { principal }) => {
        const task = await readTask(tasks, principal, taskId)
        const { taskNumber, regionCode, unitId, drawId = '', visitId, status } = task
        const resultIds = task.results.map(({ resultId }) => resultId)
        return { taskId, taskNumber, regionCode, unitId, drawId, visitId, status, resultIds, objectCode: task.object.code }
      },
    },
  })
