// What a page or a worker injects into this package, in plain JavaScript; Node has its own (`@dual-random/kernel/hash`, node:crypto).
export { ed25519Verify } from './ed25519-verify.ts'
export { plainHash } from './plain-hash.ts'
