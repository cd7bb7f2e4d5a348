import { Navigate } from '@tanstack/react-router'
import { homeOf } from '../session/places.ts'
import { useAccount } from '../session/use-account.ts'

export function Home() {
  return <Navigate to={homeOf(useAccount().roles)} replace />
}
