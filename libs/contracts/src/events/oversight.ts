import { IndicatorSnapshotComputed } from '../oversight.ts'
import { aggregateEvents } from './event-contract.ts'

const snapshot = aggregateEvents('oversight', 'indicator-snapshot')

export const oversightEvents = {
  indicatorSnapshotComputed: snapshot('computed', IndicatorSnapshotComputed),
} as const
