import { fromHex } from '@dual-random/kernel'
import { baseConfig, readConfig } from '@dual-random/runtime'
import { z } from 'zod'

const list = (item: RegExp, what: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().regex(item, what)).min(1))

const key = z.string().transform((text, context): Uint8Array => {
  const bytes = fromHex(text)
  if (bytes?.length === 32) return bytes
  context.addIssue({ code: 'custom', message: '应为 64 个小写十六进制数字' })
  return z.NEVER
})

export const jointConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...baseConfig,
      DR_REGISTRY_GRPC: z.string().min(1),
      DR_PLANNING_GRPC: z.string().min(1),
      DR_DRAWING_GRPC: z.string().min(1),
      /** What lists are compared by are HMACs under it; kept outside the store. */
      DR_COMPARISON_KEY: key,
      /** Regions this deployment serves: whose copies of other regions' records it keeps. */
      DR_REGIONS: list(/^[1-9]\d{5}$/, '应为行政区划代码'),
      /** Aliases of the regions whose exchange topics are mirrored here. */
      DR_EXCHANGE_ALIASES: list(/^[a-z]+$/, '应为小写字母的地区别名'),
    },
    env,
  )

export type JointConfig = ReturnType<typeof jointConfig>
