import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Leads to the sign-in page, once, and remembers where from. */
export function ToSignIn() {
  const router = useRouter()
  useEffect(() => {
    const next = router.state.location.pathname
    void router.navigate({ to: '/sign-in', search: next === '/' ? {} : { next }, replace: true })
  }, [router])
  return <div className="frame" aria-busy="true" />
}
