import * as z from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)

const addressList = z
  .string()
  .regex(/^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/, '应为 host:port,host:port')
  .transform((text): readonly string[] => text.split(','))

/** A private Ed25519 key as JWK (RFC 8037 §2). */
const serviceKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().min(1), d: z.string().min(1) })

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: '不是合法的 JSON' })
    return z.NEVER
  }
})

export type ServiceKey = Readonly<z.infer<typeof serviceKey>>

/** The variables every service reads. A port of 0 means any free one; secrets never appear in a problem's text. */
export const baseConfig = {
  DR_ENV: z.enum(['production', 'development', 'demo', 'test']).default('production'),
  /** The address that REST and gRPC listen on; anything but loopback needs TLS for gRPC. */
  DR_HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8080),
  DR_GRPC_PORT: port.default(9090),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  KAFKA_BROKERS: addressList,
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, '应以 mongodb:// 开头'),
  DR_DATABASE: z.string().regex(/^[A-Za-z0-9_-]{1,63}$/, '应为 1–63 个字母、数字、_ 或 -'),
  DR_TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{0,60}$/, '最多 60 个字母、数字、点、_ 或 -')
    .default(''),
  DR_JWKS_URL: z.url({ protocol: /^https?$/ }),
  DR_TOKEN_ISSUER: z.string(),
  DR_SERVICE_KEY: jsonText.pipe(serviceKey),
  /** The demo's clock offset; refused by `createClock` unless DR_ENV is demo. */
  DR_CLOCK_FILE: z.string().optional(),
} as const
