import { baseConfig, readConfig } from '@dual-random/runtime'
import { z } from 'zod'

/** Code in policy of the channel that `DR_PUBLICITY_URL` is the address of. */
export const publicitySystem = 'publicitySystem'

const httpUrl = z.url({ protocol: /^https?$/ })

/** `<channel>=<base address>`, separated by spaces. */
const channelUrls = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const urls = new Map<string, string>()
  for (const part of text.split(/\s+/).filter((each) => each !== '')) {
    const [, id, url] = /^([A-Za-z]+)=(.+)$/.exec(part) ?? []
    const problem = id === undefined || !httpUrl.safeParse(url).success ? '应为“渠道=地址”' : channelProblem(id, urls)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `${problem}（${part}）` })
    else urls.set(id ?? '', url ?? '')
  }
  return urls
})

function channelProblem(id: string, known: ReadonlyMap<string, string>): string | undefined {
  if (id === publicitySystem) return '公示系统的地址由 DR_PUBLICITY_URL 设定'
  return known.has(id) ? '渠道重复' : undefined
}

const pauseMs = z.coerce.number().int().min(50).max(3_600_000)

export const publicationConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...baseConfig,
      DR_REGISTRY_GRPC: z.string().min(1),
      DR_PLANNING_GRPC: z.string().min(1),
      DR_DRAWING_GRPC: z.string().min(1),
      /** Base address of the public channel. */
      DR_PUBLICITY_URL: httpUrl,
      /** Base addresses of further channels of policy `plan.channel`, by their codes. */
      DR_CHANNEL_URLS: channelUrls.optional(),
      /** Its folder `calendar` holds the years of the working calendar. */
      DR_PRESETS_DIR: z.string().optional(),
      DR_DEADLINE_SWEEP_MS: pauseMs.default(1000),
      DR_PUSH_SWEEP_MS: pauseMs.default(1000),
    },
    env,
  )

export type PublicationConfig = ReturnType<typeof publicationConfig>
