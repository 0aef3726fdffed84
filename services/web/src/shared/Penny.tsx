/** The mark of the house: a penny, just before it lands. */
export function Penny({ size = 56 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="18" fill="#1f5a38" />
      <path d="M14 47h36" stroke="#faf6ee" strokeWidth="4" strokeLinecap="round" />
      <circle cx="32" cy="27" r="10" fill="#d98a4a" />
      <path d="M32 9v4" stroke="#faf6ee" strokeWidth="3" strokeLinecap="round" opacity=".55" />
    </svg>
  );
}
