import { createContext, type MouseEvent, type ReactNode, use } from 'react'
import { type Place, searchOf } from '../location.ts'

export const GoContext = createContext<(place: Place) => void>(() => undefined)

/** A link within the page: a plain one to whoever opens it elsewhere. */
export function Link({ to, children, ...others }: { readonly to: Place; readonly children: ReactNode; readonly 'aria-current'?: 'page' }) {
  const go = use(GoContext)
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={searchOf(to)} onClick={follow} {...others}>
      {children}
    </a>
  )
}
