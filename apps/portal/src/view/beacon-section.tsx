import type { CommittedBeacon, CommittedPublicNumbers, NumbersOutput, PulseOutput } from '@dual-random/draw'
import { useEffect, useState } from 'react'
import { useText } from '../text/language.tsx'
import { inWorker } from '../work/in-worker.ts'
import { Digests } from './digest.tsx'
import type { ShownDraw } from './draw-page.tsx'

export function BeaconSection({ shown: { commitment, signed } }: { readonly shown: ShownDraw }) {
  const words = useText().draw.beacon
  const outputs = signed?.transcript.beacons ?? []
  return (
    <section>
      <h2>{words.title}</h2>
      {outputs.length === 0 && <p>{words.none}</p>}
      {outputs.map((output) => {
        const named = commitment?.beacons.find(({ source }) => source === output.source)
        if (named === undefined) return null
        if (named.kind === 'public-numbers')
          return 'series' in output ? <NumbersFacts key={output.source} named={named} output={output} /> : null
        return 'series' in output ? null : <PulseFacts key={output.source} beacon={named} pulse={output} />
      })}
    </section>
  )
}

/** Every publication with its issue, so that anyone can compare it with the publisher's page; the worker recomputes the randomness with the draw. */
function NumbersFacts({ named, output }: { readonly named: CommittedPublicNumbers; readonly output: NumbersOutput }) {
  const text = useText()
  const words = text.draw.beacon
  return (
    <>
      <p>
        {words.numbers} <strong>{output.source}</strong>，{words.notBefore} <strong>{text.instant(named.notBefore)}</strong>
      </p>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{words.issue}</th>
            <th scope="col">{words.publishedAt}</th>
            <th scope="col">{words.drawnNumbers}</th>
          </tr>
        </thead>
        <tbody>
          {output.series.flatMap(({ publications }, index) =>
            publications.map(({ issue, publishedAt, numbers }) => (
              <tr key={`${index}-${issue}`}>
                <td>{issue}</td>
                <td>{text.instant(publishedAt)}</td>
                <td>{numbers.map((group) => group.join(' ')).join(' + ')}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      <Digests
        of={[
          [words.randomness, output.randomness],
          [words.definition, named.definition],
        ]}
      />
    </>
  )
}

type Checked = 'checking' | 'valid' | 'invalid'

function PulseFacts({ beacon, pulse }: { readonly beacon: CommittedBeacon; readonly pulse: PulseOutput }) {
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
      <Digests of={facts} />
    </>
  )
}

function useCheckedPulse({ scheme, publicKey }: CommittedBeacon, { round, randomness, signature }: PulseOutput): Checked {
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
