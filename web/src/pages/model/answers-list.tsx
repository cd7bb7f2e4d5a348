import type { Answer } from './answers.ts'

/** The first screen: a question, a short answer, and what stands behind it. */
export function AnswersList({ answers }: { readonly answers: readonly Answer[] }) {
  return (
    <dl className="answers">
      {answers.map(({ question, value, sentences }) => (
        <div key={question}>
          <dt>{question}</dt>
          <dd className="answers__value">{value}</dd>
          {sentences.map((sentence) => (
            <dd key={sentence} className="small">
              {sentence}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
