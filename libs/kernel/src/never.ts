/** Ends an exhaustive switch: a new case fails to compile here; a value outside the type is a bug and throws. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
