import type { BeaconOutput, CommittedBeacon } from '@dual-random/draw'
import { useEffect, useState } from 'react'
import { useText } from '../text/language.tsx'
import { inWorker } from '../work/in-worker.ts'
import { Digest } from './digest.tsx'
import type { ShownDraw } from './draw-page.tsx'

export function BeaconSection({ shown: { commitment, signed } }: { readonly shown: ShownDraw }) {
  const words = useText().draw.beacon
  const pulses = signed?.transcript.beacons ?? []
  return (
    <section>
      <h2>{words.title}</h2>
      {pulses.length === 0 && <p>{words.none}</p>}
      {pulses.map((pulse) => {
        const beacon = commitment?.beacons.find(({ source }) => source === pulse.source)
        return beacon === undefined ? null : <PulseFacts key={pulse.source} beacon={beacon} pulse={pulse} />
      })}
    </section>
  )
}

type Checked = 'checking' | 'valid' | 'invalid'

function PulseFacts({ beacon, pulse }: { readonly beacon: CommittedBeacon; readonly pulse: BeaconOutput }) {
  const text = useText()
  const words = text.draw.beacon
  const checked = useCheckedPulse(beacon, pulse)
  const facts: readonly (readonly [string, string])[] = [
    [words.randomness, pulse.randomness],
    [words.signature, pulse.signature],
    [words.publicKey, beacon.publicKey],
  ]
  return (
    <>
      <p>
        {words.source} <strong>{pulse.source}</strong>，{words.round} <strong>{text.count(pulse.round)}</strong>
      </p>
      <p role="status" className={`verdict ${checked}`} data-pulse={checked}>
        {words[checked]}
      </p>
      <dl className="digests">
        {facts.map(([name, hex]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Digest hex={hex} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function useCheckedPulse({ scheme, publicKey }: CommittedBeacon, { round, randomness, signature }: BeaconOutput): Checked {
  const [checked, setChecked] = useState<Checked>('checking')
  useEffect(() => {
    const checking = new AbortController()
    inWorker('pulse', { scheme, publicKey, round, randomness, signature }, { signal: checking.signal }).then(
      (isValid) => setChecked(isValid ? 'valid' : 'invalid'),
      () => {
        if (!checking.signal.aborted) setChecked('invalid')
      },
    )
    return () => checking.abort()
  }, [scheme, publicKey, round, randomness, signature])
  return checked
}
