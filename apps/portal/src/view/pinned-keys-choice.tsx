import type { NamedFile } from '@dual-random/draw/forms'
import { keysFileName, parseNamedKeysFile } from '@dual-random/witness'
import { useState } from 'react'
import { pinnedKeysOf } from '../api/download-bundle.ts'
import { forget, keep } from '../text/kept.ts'
import { useText } from '../text/language.tsx'
import { DropZone } from './drop-zone.tsx'

interface Pinned {
  readonly witnesses: number
  readonly quorum: number
}

/** Undefined for any other file than the region's keys. */
function pinnedOf(file: NamedFile | undefined, regionCode: string): Pinned | undefined {
  const keys = file === undefined ? undefined : parseNamedKeysFile(keysFileName(regionCode), new TextDecoder().decode(file.bytes))
  if (keys?.ok !== true) return undefined
  return { witnesses: keys.value.witnesses.length, quorum: keys.value.quorum }
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
