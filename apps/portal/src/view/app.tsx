import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { type Place, placeOf, searchOf } from '../location.ts'
import { keep, kept } from '../text/kept.ts'
import { useLanguage } from '../text/language.tsx'
import { DrawPage } from './draw-page.tsx'
import { GoContext, Link } from './link.tsx'
import { ListPage } from './list-page.tsx'
import { OpeningPage } from './opening-page.tsx'
import { VerifyPage } from './verify-page.tsx'

export function App() {
  const [place, setPlace] = useState<Place>(() => placeOf(location.search))
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    const moved = (): void => setPlace(placeOf(location.search))
    addEventListener('popstate', moved)
    return () => removeEventListener('popstate', moved)
  }, [])
  const go = useCallback((to: Place) => {
    history.pushState(null, '', searchOf(to))
    setPlace(to)
    scrollTo(0, 0)
    // So that a screen reader begins with the new page, and not where the link was.
    main.current?.focus()
  }, [])
  return (
    <GoContext value={go}>
      <Header place={place} />
      <main id="main" tabIndex={-1} ref={main}>
        <Shown place={place} />
      </main>
      <Footer />
    </GoContext>
  )
}

function Shown({ place }: { readonly place: Place }): ReactNode {
  switch (place.page) {
    case 'list':
      return <ListPage key={searchOf(place)} regionCode={place.regionCode} year={place.year} />
    case 'draw':
      return <DrawPage key={place.drawId} drawId={place.drawId} />
    case 'verify':
      return <VerifyPage />
    case 'opening':
      return <OpeningPage />
    default:
      return place satisfies never
  }
}

function Header({ place }: { readonly place: Place }) {
  const { text, toggle, language } = useLanguage()
  const [isLarge, setLarge] = useState(() => kept('type') === 'large')
  useEffect(() => {
    document.documentElement.dataset['type'] = isLarge ? 'large' : 'plain'
    keep('type', isLarge ? 'large' : 'plain')
  }, [isLarge])
  const pages: readonly (readonly [Place, string])[] = [
    [{ page: 'list', regionCode: '', year: '' }, text.nav.draws],
    [{ page: 'verify' }, text.nav.verify],
    [{ page: 'opening' }, text.nav.opening],
  ]
  return (
    <header className="top">
      <a className="skip" href="#main">
        {text.skip}
      </a>
      <p className="brand">
        <strong>{text.appName}</strong> <span>{text.tagline}</span>
      </p>
      <nav aria-label={text.nav.label}>
        <ul>
          {pages.map(([to, name]) => (
            <li key={to.page}>
              <Link to={to} {...(place.page === to.page ? { 'aria-current': 'page' as const } : {})}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="switches">
        <button type="button" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
          {text.largeType}
        </button>
        <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} aria-label={text.switchLanguageLabel} onClick={toggle}>
          {text.switchLanguage}
        </button>
      </div>
    </header>
  )
}

function Footer() {
  const { text } = useLanguage()
  return (
    <footer>
      <p>{text.footer}</p>
    </footer>
  )
}
