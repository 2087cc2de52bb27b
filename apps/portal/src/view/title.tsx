import { type ReactNode, useEffect } from 'react'
import { useText } from '../text/language.tsx'

/** The heading of a page, which is the document's title too. */
export function Title({ name, children }: { readonly name: string; readonly children?: ReactNode }) {
  const { appName } = useText()
  useEffect(() => {
    document.title = `${name} · ${appName}`
  }, [name, appName])
  return <h1>{children ?? name}</h1>
}
