// Not Node's own: what checks a pulse also runs in a browser's worker.
export { sha256 } from '@noble/hashes/sha2.js'
