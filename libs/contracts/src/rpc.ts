export { BadRequest, ErrorInfo, RetryInfo } from './gen/google/rpc/error_details.ts'
export { Status } from './gen/google/rpc/status.ts'
