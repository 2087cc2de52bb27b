import { baseConfig, readConfig, type ServiceKey } from '@dual-random/runtime'
import { z } from 'zod'

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: '不是合法的 JSON' })
    return z.NEVER
  }
})

/** Services speak plain HTTP behind the gateway. */
const origin = z.url({ protocol: /^http$/ })

const privateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z
    .string()
    .regex(/^(?!service-)/, '不得以 service- 开头')
    .default('gateway'),
})

/** Published as it stands, so a private half is refused, not dropped: whoever put it there must know. */
const publicKey = z
  .looseObject({ kty: z.string(), kid: z.string().regex(/^service-/, '应以 service- 开头') })
  .refine((key) => !('d' in key), '只应含公钥')

const keySet = z.object({ keys: z.array(publicKey) })

export const gatewayConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...baseConfig,
      DR_OIDC_ISSUER: z.string().min(1),
      DR_OIDC_JWKS_URL: z.url({ protocol: /^https?$/ }),
      DR_OIDC_CLIENT_ID: z.string().min(1).default('dual-random'),
      /** The key that signs platform tokens. */
      DR_SIGNING_KEY: json.pipe(privateKey),
      /** Public keys of the service principals. */
      DR_SERVICE_JWKS: json.pipe(keySet),
      DR_REGISTRY_GRPC: z.string().min(1),
      DR_REGISTRY_HTTP: origin,
      DR_PLANNING_HTTP: origin,
      DR_DRAWING_HTTP: origin,
      DR_INSPECTION_HTTP: origin,
      DR_PUBLICATION_HTTP: origin,
      DR_JOINT_HTTP: origin,
      DR_OVERSIGHT_HTTP: origin,
      /** Folder of the built portal (apps/portal); without one it is not served. */
      DR_PORTAL_DIR: z.string().min(1).optional(),
    },
    env,
  )

export type GatewayConfig = ReturnType<typeof gatewayConfig>

export type SigningKey = ServiceKey & { readonly kid: string }
