export {
  AppError,
  type AppErrorOptions,
  appError,
  type ErrorKind,
  invalidRequest,
  isRetryable,
  toAppError,
  type Violation,
  violation,
} from './app-error.ts'
export { fromGrpcError, toGrpcStatus } from './grpc-status.ts'
export { type ErrorCode, type Language, languageOf, type Meta, messageText } from './messages/catalogue.ts'
export { type Problem, type ProblemContext, problemMediaType, retryAfterSeconds, toProblem } from './problem.ts'
export { kindOfGrpc, renderings } from './tables.ts'
