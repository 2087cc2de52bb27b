import { status } from '@grpc/grpc-js'
import type { ErrorKind } from './app-error.ts'
import type { Message } from './messages/message.ts'

interface Rendering {
  readonly grpc: status
  readonly http: number
  readonly title: Message
}

/** google.rpc.Code and its HTTP mapping, but failed-precondition is 409 here (models.md §2). */
export const renderings = {
  invalid: { grpc: status.INVALID_ARGUMENT, http: 400, title: { zh: '请求无效', en: 'Invalid request' } },
  unauthenticated: { grpc: status.UNAUTHENTICATED, http: 401, title: { zh: '未登录', en: 'Not signed in' } },
  forbidden: { grpc: status.PERMISSION_DENIED, http: 403, title: { zh: '无权限', en: 'Forbidden' } },
  'not-found': { grpc: status.NOT_FOUND, http: 404, title: { zh: '未找到', en: 'Not found' } },
  'already-exists': { grpc: status.ALREADY_EXISTS, http: 409, title: { zh: '已存在', en: 'Already exists' } },
  'failed-precondition': { grpc: status.FAILED_PRECONDITION, http: 409, title: { zh: '当前状态不允许', en: 'Not allowed in this state' } },
  'version-conflict': { grpc: status.ABORTED, http: 409, title: { zh: '版本冲突', en: 'Version conflict' } },
  exhausted: { grpc: status.RESOURCE_EXHAUSTED, http: 429, title: { zh: '超出限额', en: 'Limit reached' } },
  unavailable: { grpc: status.UNAVAILABLE, http: 503, title: { zh: '暂不可用', en: 'Unavailable' } },
  deadline: { grpc: status.DEADLINE_EXCEEDED, http: 504, title: { zh: '超时', en: 'Timed out' } },
  internal: { grpc: status.INTERNAL, http: 500, title: { zh: '内部错误', en: 'Internal error' } },
} as const satisfies Record<ErrorKind, Rendering>

const kinds = new Map<number, ErrorKind>(Object.entries(renderings).map(([kind, rendering]) => [rendering.grpc, kind as ErrorKind]))

/** The kind of a gRPC status; what no server of ours sends counts as internal. */
export const kindOfGrpc = (code: number): ErrorKind => kinds.get(code) ?? 'internal'
