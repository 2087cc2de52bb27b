import type { Subscription } from '@dual-random/messaging'
import type { Parts } from './open-parts.ts'
import type { ProcessSettings } from './settings.ts'

/** What one of the two groups does with its events; `decided` is called with each that is about to have its effect. */
export type Subscriptions = (parts: Parts, settings: ProcessSettings, decided: (eventId: string) => void) => readonly Subscription[]
