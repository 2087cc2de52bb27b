import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { en } from './en.ts'
import { keep, kept } from './kept.ts'
import { type Text, zh } from './zh.ts'

export type Language = 'zh' | 'en'

interface LanguageValue {
  readonly language: Language
  readonly text: Text
  readonly toggle: () => void
}

const LanguageContext = createContext<LanguageValue>({ language: 'zh', text: zh, toggle: () => undefined })

/** Chinese unless English was chosen here before. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (kept('language') === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    keep('language', language)
  }, [language])
  const value = useMemo(
    () => ({
      language,
      text: language === 'zh' ? zh : en,
      toggle: () => setLanguage((one) => (one === 'zh' ? 'en' : 'zh')),
    }),
    [language],
  )
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export const useLanguage = (): LanguageValue => use(LanguageContext)

export const useText = (): Text => useLanguage().text
