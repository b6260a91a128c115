import { Form, Submit } from 'layer9/components'
import { createPost } from '~/api/posts'
import { BodyField } from '~/components/BodyField'
import { topicNames, topics } from '~/contracts/post'

/** A new notice. What was typed and what was wrong with it come back when the server refuses it. */
export function PostForm() {
  return (
    <Form action={createPost} class="form">
      {({ values, errors, message }) => (
        <>
          {message && (
            <p class="form-message" role="alert">
              {message}
            </p>
          )}
          <div class="field">
            <label for="topic">Topic</label>
            <select
              id="topic"
              name="topic"
              value={values.topic ?? ''}
              required
              aria-invalid={errors.topic ? 'true' : undefined}
              aria-describedby="topic-note"
            >
              <option value="">Choose one</option>
              {topics.map((topic) => (
                <option key={topic} value={topic}>
                  {topicNames[topic]}
                </option>
              ))}
            </select>
            <p id="topic-note" class="field-error">
              {errors.topic}
            </p>
          </div>
          <div class="field">
            <label for="title">Title</label>
            <input
              id="title"
              name="title"
              value={values.title ?? ''}
              maxlength={120}
              required
              autocomplete="off"
              aria-invalid={errors.title ? 'true' : undefined}
              aria-describedby="title-note"
            />
            <p id="title-note" class="field-error">
              {errors.title}
            </p>
          </div>
          <BodyField value={values.body ?? ''} error={errors.body ?? ''} />
          <Submit class="button">Put it up</Submit>
        </>
      )}
    </Form>
  )
}
