export type { BeginOutcome, IdempotencyKey, IdempotencyStore, StoredAnswer } from './idempotency-store.ts'
export { openApiOf } from './openapi.ts'
export { type CountedPage, countedPageOf, numbered, type Page, page, pageOf, pageOfWhole, pageQuery } from './paging.ts'
export { hasBody } from './request-body.ts'
export {
  isMediaBody,
  type JsonRoute,
  type MediaBody,
  type Method,
  type OutboundContext,
  type RawBody,
  type RawRouteOptions,
  type RequestContext,
  type Route,
  type RouteAnswer,
  type RouteContext,
  type RouteOptions,
  rawRoute,
  route,
} from './route.ts'
export { createHttpServer, type HttpServer, type HttpServerOptions } from './server.ts'
export { violationsOf } from './violations.ts'
