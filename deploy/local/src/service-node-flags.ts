/**
 * Flags of Node for every process of a service; the container image has the same in NODE_OPTIONS.
 *
 * Without them V8 sizes its heap by the memory of the machine, and lets garbage grow by it: an import of 300,000 objects took 610 MB on a
 * machine of 24 GiB, and takes 320 MB with them. The limit is far above what a service holds; threads of computations have it too.
 */
export const serviceNodeFlags = ['--max-semi-space-size=16', '--max-old-space-size=1536'] as const
