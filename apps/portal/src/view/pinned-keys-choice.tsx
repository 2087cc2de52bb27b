import { useState } from 'react'
import { pinnedKeysOf } from '../api/download-bundle.ts'
import { forget, keep } from '../text/kept.ts'
import { useText } from '../text/language.tsx'
import type { NamedFile } from '../verify/index.ts'
import { DropZone } from './drop-zone.tsx'

interface Pinned {
  readonly witnesses: number
  readonly quorum: number
}

/** What a pinned file says of itself; whether it holds, the verification says. Undefined for any other file. */
function pinnedOf(file: NamedFile | undefined, regionCode: string): Pinned | undefined {
  try {
    const keys = JSON.parse(new TextDecoder().decode(file?.bytes)) as {
      readonly type?: unknown
      readonly regionCode?: unknown
      readonly witnesses?: readonly unknown[]
      readonly quorum?: number
    }
    if (keys.type !== 'dual-random/keys/v1' || keys.regionCode !== regionCode) return undefined
    return { witnesses: keys.witnesses?.length ?? 0, quorum: keys.quorum ?? 0 }
  } catch {
    return undefined
  }
}

/** Pins the keys file of a region in this browser (docs/draw-protocol.md §15): it must come on another way than the files it judges. */
export function PinnedKeysChoice({ regionCode }: { readonly regionCode: string }) {
  const text = useText()
  const words = text.verify
  const name = `keys.${regionCode}`
  const [pinned, setPinned] = useState(() => pinnedOf(pinnedKeysOf(regionCode), regionCode))
  const [isOther, setOther] = useState(false)
  const take = ([file]: readonly NamedFile[]): void => {
    const chosen = pinnedOf(file, regionCode)
    setOther(chosen === undefined)
    if (file === undefined || chosen === undefined) return
    keep(name, new TextDecoder().decode(file.bytes))
    setPinned(chosen)
  }
  const unpin = (): void => {
    forget(name)
    setPinned(undefined)
  }
  return (
    <details className="keys" data-pinned={pinned !== undefined}>
      <summary>{words.keysTitle}</summary>
      {pinned === undefined ? (
        <>
          <p>{words.keysIntro(regionCode)}</p>
          <DropZone label={`${words.choose} keys-${regionCode}.json`} isMultiple={false} onFiles={take} />
          {isOther && <p role="alert">{words.keysOther(regionCode)}</p>}
        </>
      ) : (
        <p>
          {words.keysPinned(regionCode, pinned.witnesses, pinned.quorum)}{' '}
          <button type="button" onClick={unpin}>
            {words.keysForget}
          </button>
        </p>
      )}
    </details>
  )
}
