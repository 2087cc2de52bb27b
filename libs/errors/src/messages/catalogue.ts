import { commonMessages } from './common.ts'
import { drawingMessages } from './drawing.ts'
import { gatewayMessages } from './gateway.ts'
import { inspectionMessages } from './inspection.ts'
import { jointMessages } from './joint.ts'
import type { Message } from './message.ts'
import { oversightMessages } from './oversight.ts'
import { planModeMessages } from './plan-modes.ts'
import { planningMessages } from './planning.ts'
import { policyMessages } from './policy.ts'
import { publicationMessages } from './publication.ts'
import { registryMessages } from './registry.ts'
import { witnessMessages } from './witness.ts'

/** Every code that people can meet, by its stable name. Each service owns its file; a code stands in one file only. */
const catalogue = {
  ...commonMessages,
  ...policyMessages,
  ...registryMessages,
  ...planningMessages,
  ...planModeMessages,
  ...drawingMessages,
  ...inspectionMessages,
  ...publicationMessages,
  ...jointMessages,
  ...oversightMessages,
  ...gatewayMessages,
  ...witnessMessages,
} as const

export type ErrorCode = keyof typeof catalogue

export type Language = keyof Message

export type Meta = Readonly<Record<string, string | number>>

const known: Readonly<Record<string, Message>> = catalogue

/** The text of a code for people; a code from a newer service that this build lacks stands for itself. */
export function messageText(code: string, meta: Meta, language: Language): string {
  const message = known[code]
  if (message === undefined) return code
  return message[language].replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => (name in meta ? String(meta[name]) : placeholder))
}

/** The language of an Accept-Language header: Chinese unless English is preferred to it (RFC 9110 §12.5.4). */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'zh'
  let best: { readonly language: Language; readonly quality: number } = { language: 'zh', quality: 0 }
  for (const range of acceptLanguage.split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const language = tag.startsWith('en') ? 'en' : tag.startsWith('zh') ? 'zh' : undefined
    const quality = Number(
      parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? '1',
    )
    if (language !== undefined && quality > best.quality) best = { language, quality }
  }
  return best.language
}
