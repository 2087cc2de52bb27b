import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Members that never reach a log: secrets, and what identifies a person (SEC-04). */
const sensitive = [
  'token',
  'authorization',
  'cookie',
  'password',
  'secret',
  'name',
  'personName',
  'inspectorName',
  'contact',
  'phone',
  'mobile',
  'address',
  'idNumber',
  'certificateNumber',
] as const

const depths = ['', '*.', '*.*.', '*.*.*.'] as const

export interface LoggerOptions {
  readonly service: string
  readonly level: string
  /** Standard output when absent. */
  readonly destination?: DestinationStream
}

/** One JSON object per line with `service`, ISO time and level by name; children add `traceId`. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: depths.flatMap((depth) => sensitive.map((member) => `${depth}${member}`)), censor: '[redacted]' },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
