import type { AggregateOptions } from '@dual-random/mongo'
import type { ToContract } from './records.ts'

/** What every aggregate of the service is opened with. */
export interface AggregateSettings extends Pick<AggregateOptions<unknown>, 'service' | 'relay' | 'clock'> {
  readonly toContract: ToContract
}
