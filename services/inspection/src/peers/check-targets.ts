import { objectKinds } from '@dual-random/contracts'
import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { GrpcClient } from '@dual-random/grpc'
import type { InspectorId, ItemCode, ObjectId, UnitId } from '@dual-random/kernel'
import type { CheckTargets } from '../app/ports.ts'

export const checkTargetsOf = (registry: GrpcClient<RegistryServiceClient>): CheckTargets => ({
  describe: async ({ objectId, inspectorIds, dutyName }, caller) => {
    const answer = await registry.unary('describeCheckTarget', { objectId, inspectorIds: [...inspectorIds], dutyName }, caller)
    const kind = objectKinds.toName(answer.kind)
    if (kind === undefined || answer.objectId === '' || answer.inspectors.length !== inspectorIds.length)
      throw appError('internal', 'peer-answer-incomplete', { meta: { service: 'registry', field: 'object, inspectors' } })
    const { objectCode: code, name, address, industry, grade, tags, alliance } = answer
    return {
      object: {
        objectId: answer.objectId as ObjectId,
        code,
        name,
        kind,
        address,
        industry,
        ...(grade === undefined ? {} : { grade }),
        tags,
        ...(alliance === undefined ? {} : { alliance }),
      },
      inSandbox: answer.inSandbox,
      items: answer.items.map((item) => ({ itemCode: item.code as ItemCode, itemName: item.name })),
      inspectors: answer.inspectors.map((inspector) => ({
        inspectorId: inspector.inspectorId as InspectorId,
        name: inspector.name,
        unitId: inspector.unitId as UnitId,
        subject: inspector.subject,
      })),
    }
  },
})
