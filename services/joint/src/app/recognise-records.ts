import { recognisingGroup } from '../domain/sharing.ts'
import type { FindGroups, RecognisedRecords } from './ports.ts'

/** Keeps of what is offered the copies that the receivers' own policies recognise, each under the group it is recognised by. */
export const recognisedByPolicy = (recognised: RecognisedRecords, findGroups: FindGroups): RecognisedRecords => ({
  ...recognised,
  add: async (offered, alias) => {
    const copies = await Promise.all(
      offered.map(async (record) => {
        const group = recognisingGroup(await findGroups(record.regionCode, record.issuedAt), { ...record, alias })
        return group === undefined ? [] : [{ ...record, groupId: group.id }]
      }),
    )
    await recognised.add(copies.flat(), alias)
  },
})
