import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { language, setLanguage } from './kit/words.svelte.ts';

setLanguage(language());
mount(App, { target: document.getElementById('app')! });
