/** Hex, to be read and copied whole: it breaks anywhere and never hides a part. */
export const Digest = ({ hex }: { readonly hex: string }) => <code className="digest">{hex}</code>
