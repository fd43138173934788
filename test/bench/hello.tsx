// The smallest Ink program that draws one line and answers a key: what every terminal measure is compared with.
import {render, Text, useInput} from 'ink';
import {useState} from 'react';

function Hello() {
	const [count, setCount] = useState(0);
	useInput(() => setCount(count + 1));
	return <Text>hello {count}</Text>;
}

render(<Hello />);
