import { createVerifier } from '@dual-random/auth'
import { createGrpcServer, type GrpcImplementation, implement } from '@dual-random/grpc'
import { type PolicyPeer, policyPeer, type TokenIssuer } from '@dual-random/testkit'

export const registryPeer = (issuer: TokenIssuer, others: readonly GrpcImplementation[] = []): Promise<PolicyPeer> =>
  policyPeer({ createGrpcServer, createVerifier, implement }, issuer, others)
