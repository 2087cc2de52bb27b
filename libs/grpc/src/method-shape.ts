/** One method of a generated service definition. */
export interface MethodShape {
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  readonly requestSerialize: (value: never) => Buffer
  readonly requestDeserialize: (bytes: Buffer) => object
  readonly responseSerialize: (value: never) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => object
}

export type ServiceShape = Readonly<Record<string, MethodShape>>

export type RequestOf<M extends MethodShape> = ReturnType<M['requestDeserialize']>
export type ResponseOf<M extends MethodShape> = ReturnType<M['responseDeserialize']>
