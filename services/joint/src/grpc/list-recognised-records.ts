import { requireRegion } from '@dual-random/auth'
import { JointServiceService } from '@dual-random/contracts/joint'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { RegionCode } from '@dual-random/kernel'
import type { RecognisedRecords } from '../app/ports.ts'

const limit = 500

export const jointGrpc = (recognised: RecognisedRecords): GrpcImplementation =>
  implement(JointServiceService, {
    listRecognisedRecords: {
      roles: ['SERVICE', 'DRAW_ORGANISER', 'INSPECTOR', 'PLANNER'],
      handle: async ({ regionCode, objectCode }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        const records = await recognised.find({ regionCode, objectCode, limit })
        return { records: records.map(({ regionCode: _receiver, groupId: _group, ...record }) => record) }
      },
    },
  })
