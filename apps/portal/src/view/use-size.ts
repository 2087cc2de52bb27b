import { type RefObject, useEffect, useRef, useState } from 'react'

/** In CSS pixels: how wide a picture may be, and how much larger than plain the letters are (1, or 1.5 with large type). */
export interface PictureSize {
  readonly width: number
  readonly unit: number
}

const plainLetterPx = 16

/** The size of an element's picture, so that it is drawn one to one and its letters keep their size. */
export function useSize<E extends Element>(): readonly [RefObject<E | null>, PictureSize] {
  const element = useRef<E>(null)
  const [size, setSize] = useState<PictureSize>({ width: 640, unit: 1 })
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0)
      const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / plainLetterPx
      if (width > 0) setSize((before) => (before.width === width && before.unit === unit ? before : { width, unit }))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return [element, size]
}
