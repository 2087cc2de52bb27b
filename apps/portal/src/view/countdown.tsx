import { useEffect, useState } from 'react'
import { clockOffsetMs } from '../api/client.ts'
import { useText } from '../text/language.tsx'

const askAgainMs = 5000
const learnMs = 15_000

interface CountdownProps {
  /** When the last of the beacons is due. */
  readonly roundAt: string
  readonly beacons: readonly { readonly source: string; readonly round: number; readonly at: string }[]
  readonly onDue: () => void
}

/** Counts down to the beacon's round by the platform's clock; once it is due, asks for the result every few seconds. */
export function Countdown({ roundAt, beacons, onDue }: CountdownProps) {
  const text = useText().draw.countdown
  const { instant } = useText()
  const leftMs = useLeftMs(roundAt)
  const isDue = leftMs !== undefined && leftMs <= 0
  useEffect(() => {
    if (!isDue) return undefined
    const asking = setInterval(onDue, askAgainMs)
    return () => clearInterval(asking)
  }, [isDue, onDue])
  return (
    <section className="countdown" aria-label={text.title}>
      <h2>{text.title}</h2>
      <p role="timer" aria-live="off">
        {leftMs === undefined ? '…' : isDue ? text.due : leftText(text.left, leftMs)}
      </p>
      {beacons.map(({ source, round, at }) => (
        <p key={source}>{text.at(source, round, instant(at))}</p>
      ))}
      {!isDue && <p className="quiet">{text.why}</p>}
    </section>
  )
}

/** Undefined until the platform's clock is known; this machine's stands in where it cannot be had. */
function useLeftMs(roundAt: string): number | undefined {
  const [offset, setOffset] = useState<number>()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const learn = (): void => {
      clockOffsetMs().then(setOffset, () => setOffset((before) => before ?? 0))
    }
    learn()
    // A clock may be set while the page is open.
    const learning = setInterval(learn, learnMs)
    const ticking = setInterval(() => setNow(Date.now()), 250)
    return () => {
      clearInterval(learning)
      clearInterval(ticking)
    }
  }, [])
  return offset === undefined ? undefined : Date.parse(roundAt) - (now + offset)
}

const leftText = (words: (days: number, hours: number, minutes: number, seconds: number) => string, leftMs: number): string => {
  const seconds = Math.ceil(leftMs / 1000)
  return words(Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60)
}
