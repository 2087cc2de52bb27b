import { addMs, type Instant } from '@dual-random/kernel'

const chinaOffsetMs = 8 * 3600_000

/** An instant as the clocks of China show it: `2026-03-02T09:00:00.000+08:00`. */
export const chinaTime = (instant: Instant): string => addMs(instant, chinaOffsetMs).replace('Z', '+08:00')
