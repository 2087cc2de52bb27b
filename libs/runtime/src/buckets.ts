/** The histogram buckets of every duration, in seconds: one list, so that dashboards compare like with like. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
