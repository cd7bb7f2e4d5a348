import { useEffect } from 'react'

/** For a page that takes the place of another one at the same address: begins at its top. */
export function useFromTop(): void {
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [])
}
