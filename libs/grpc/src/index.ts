export { type CallContext, type ServiceContextOptions, serviceContext } from './call-context.ts'
export { messageLimitBytes } from './channel-options.ts'
export {
  type AnonymousContext,
  createGrpcClient,
  type GrpcClient,
  type GrpcClientOptions,
  type RequestFor,
  type ResponseFor,
  type StreamMethod,
  tlsBeyondLoopback,
  type UnaryMethod,
} from './client.ts'
export {
  type GrpcImplementation,
  type Handlers,
  implement,
  implementPublic,
  type PublicCall,
  type PublicHandlers,
  type ServerCall,
  type StreamHandler,
  type UnaryHandler,
} from './implement.ts'
export { createGrpcServer, type GrpcServer, type GrpcServerOptions } from './server.ts'
