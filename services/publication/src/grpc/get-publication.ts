import { PublicationServiceService } from '@dual-random/contracts/publication'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { ResultId } from '@dual-random/kernel'
import { publicationUnknown } from '../app/failures.ts'
import type { Publications } from '../app/ports.ts'
import { publicationIdOf } from '../domain/publication.ts'

/** The status of a result's publication is no secret inside the administration. */
export const publicationService = (publications: Publications): GrpcImplementation =>
  implement(PublicationServiceService, {
    getPublication: {
      roles: ['SERVICE', 'PUBLISHER', 'DISPATCHER', 'INSPECTOR', 'JOINT_COORDINATOR', 'PLANNER', 'AUDITOR', 'EVALUATOR'],
      handle: async ({ resultId }) => {
        const publicationId = publicationIdOf(resultId as ResultId)
        const publication = await publications.load(publicationId)
        if (publication === undefined) throw publicationUnknown(publicationId)
        return {
          publicationId,
          resultId,
          status: publication.status,
          dueDate: publication.status === 'waiting' ? undefined : publication.terms.dueDate,
          publishedAt: 'publishedAt' in publication ? publication.publishedAt : undefined,
        }
      },
    },
  })
