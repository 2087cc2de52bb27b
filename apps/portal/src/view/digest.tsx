/** Hex, to be read and copied whole: it breaks anywhere and never hides a part. */
export const Digest = ({ hex }: { readonly hex: string }) => <code className="digest">{hex}</code>

/** Names with the hexadecimal texts that stand for them. */
export const Digests = ({ of }: { readonly of: readonly (readonly [name: string, hex: string])[] }) => (
  <dl className="digests">
    {of.map(([name, hex]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <Digest hex={hex} />
        </dd>
      </div>
    ))}
  </dl>
)
