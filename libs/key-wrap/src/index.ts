export { type KeyPair, keyPairOf } from './suite.ts'
export { parseWrappedKey, unwrapKey, type WrappedKey, type WrappingKey, wrapKey, wrappedKeyText } from './wrapped-key.ts'
