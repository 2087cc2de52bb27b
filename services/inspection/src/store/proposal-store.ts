import { documents, type Store } from '@dual-random/mongo'
import type { MergeProposals } from '../app/ports.ts'
import type { MergeProposal } from '../domain/visit.ts'
import { groundsFilter } from './grounds-filter.ts'
import { pageOf } from './task-store.ts'

type ProposalDocument = MergeProposal & { readonly id: string }

const paths = { unitId: 'unitIds', regionCode: 'regionCode', subject: 'subjects' }

export function proposalStore(store: Store): MergeProposals {
  const proposals = documents<ProposalDocument>(store, {
    collection: 'merge_proposals',
    indexes: [{ fields: { unitIds: 1, status: 1, _id: 1 } }, { fields: { regionCode: 1, _id: 1 } }, { fields: { status: 1, applied: 1 } }],
  })
  const proposalOf = ({ id: _id, ...proposal }: ProposalDocument): MergeProposal => proposal
  const get = async (proposalId: string): Promise<MergeProposal | undefined> => {
    const found = await proposals.get(proposalId)
    return found === undefined ? undefined : proposalOf(found)
  }
  return {
    get,
    propose: async (planned) => {
      await proposals.insertMissing(planned.map((proposal) => ({ ...proposal, id: proposal.proposalId })))
    },
    decide: async (proposalId, decision) => {
      const taken = await proposals.claim({ id: proposalId, status: 'PROPOSED' }, { $set: { ...decision } })
      return taken === undefined ? get(proposalId) : proposalOf(taken)
    },
    markApplied: async (proposalId) => {
      await proposals.updateWhere({ id: proposalId }, { $set: { applied: true } })
    },
    unapplied: async (limit) => (await proposals.find({ status: 'ACCEPTED', applied: false }, { limit })).map(proposalOf),
    list: async ({ grounds, status }, page) => {
      const { options, filter } = pageOf(page)
      const wanted = status === undefined ? {} : { status }
      return (await proposals.find({ ...groundsFilter(grounds, paths), ...wanted, ...filter }, options)).map(proposalOf)
    },
  }
}
