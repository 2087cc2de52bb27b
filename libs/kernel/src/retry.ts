const firstMs = 1000
const lastMs = 300_000

/**
 * How long to wait before something outside is tried again, after that many failures (from 1): 1 s, 2 s, 4 s … 5 min. For work that is kept
 * and tried for as long as it takes, across restarts.
 */
export const retryDelayMs = (failures: number): number => Math.min(lastMs, firstMs * 2 ** (failures - 1))
