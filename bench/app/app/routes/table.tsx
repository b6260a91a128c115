import { rows } from '~/contracts/rows'

export const head = () => ({ title: 'Table' })

export default function Table() {
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.cells[0]}</td>
            <td>{row.cells[1]}</td>
            <td>{row.cells[2]}</td>
            <td>{row.cells[3]}</td>
            <td>{row.cells[4]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
