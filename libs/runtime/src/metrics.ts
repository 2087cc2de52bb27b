import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { durationBuckets } from './buckets.ts'

export interface Metrics {
  readonly registry: Registry
  /** Seconds; `route` is the template, never the path. */
  readonly httpRequests: Histogram<'method' | 'route' | 'status'>
  /** Seconds; `code` is the gRPC status name. */
  readonly grpcServed: Histogram<'rpc' | 'code'>
  readonly grpcCalls: Histogram<'peer' | 'rpc' | 'code'>
  readonly sweeps: Counter<'sweep' | 'outcome'>
}

/** The metrics of one service, each on its own registry, so that several services can share a process in tests. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  // The default precision of 10 ms wakes an idle process a hundred times a second.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 })
  const registers = [registry]
  const buckets = durationBuckets
  return {
    registry,
    httpRequests: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of REST requests',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    }),
    grpcServed: new Histogram({
      name: 'grpc_server_duration_seconds',
      help: 'Duration of gRPC calls served',
      labelNames: ['rpc', 'code'],
      buckets,
      registers,
    }),
    grpcCalls: new Histogram({
      name: 'grpc_client_duration_seconds',
      help: 'Duration of gRPC calls made',
      labelNames: ['peer', 'rpc', 'code'],
      buckets,
      registers,
    }),
    sweeps: new Counter({ name: 'sweep_runs_total', help: 'Runs of periodic sweeps', labelNames: ['sweep', 'outcome'], registers }),
  }
}
