package io.dynamocart.app.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.function.IntConsumer;

/** A request of whose body somebody is told how many bytes were read, each time some were; throwing ends the reading. */
final class FollowedBody extends HttpServletRequestWrapper {

    private final IntConsumer onRead;

    FollowedBody(HttpServletRequest request, IntConsumer onRead) {
        super(request);
        this.onRead = onRead;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Stream(super.getInputStream(), onRead);
    }

    private static final class Stream extends ServletInputStream {
        private final ServletInputStream source;
        private final IntConsumer onRead;

        Stream(ServletInputStream source, IntConsumer onRead) {
            this.source = source;
            this.onRead = onRead;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            onRead.accept(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = source.read(bytes, offset, length);
            onRead.accept(Math.max(0, read));
            return read;
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
